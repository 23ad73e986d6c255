document.title = 'Qwire console';
