import type { UserMessage } from '@qwire/core';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { ConsoleInfo } from '../../shared/console-api.ts';
import { type Suggestion, suggestions } from '../../shared/suggestions.ts';
import type { TurnState } from '../state/turn.ts';
import { useConversation } from '../state/use-conversation.ts';
import { firstRefused, type Settings, toCallSettings, useSettings } from '../state/use-settings.ts';
import { Composer } from './composer.tsx';
import { ConversationView } from './conversation-view.tsx';
import { EmptyState } from './empty-state.tsx';
import { Icon } from './icon.tsx';
import { Mark } from './mark.tsx';
import { SettingsPanel } from './settings-panel.tsx';
import { TopBar } from './top-bar.tsx';

/** Said to those who listen to the page; reading every word as it arrives would be too much. */
const announcements: Readonly<Record<TurnState, string>> = {
  running: 'The answer is coming in.',
  finished: 'The answer is complete.',
  stopped: 'The answer was stopped.',
  failed: 'There is no answer.',
};

/** The console, once it is known what there is to choose from. */
export function ConsolePage({ info }: { readonly info: ConsoleInfo }): ReactNode {
  const conversation = useConversation();
  const [settings, changeSettings] = useSettings(info);
  const [draft, setDraft] = useState('');
  const dialog = useRef<HTMLDialogElement>(null);
  const input = useRef<HTMLTextAreaElement>(null);
  const { turns, isRunning, stop } = conversation;
  const workspace = info.workspaces.find(({ name }) => name === settings.workspace);
  const refused = firstRefused(workspace);

  useEffect(() => {
    const pressKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && isRunning && !dialog.current?.open) stop();
    };
    addEventListener('keydown', pressKey);
    return () => removeEventListener('keydown', pressKey);
  }, [isRunning, stop]);

  const focusInput = () => {
    // On a touch screen the keyboard would come up over the answer.
    if (matchMedia('(pointer: fine)').matches) input.current?.focus();
  };
  const send = (message: UserMessage, change: Partial<Settings> = {}) => {
    conversation.send(message, toCallSettings({ ...settings, ...change }));
    setDraft('');
    focusInput();
  };
  // The button that was pressed is gone then, and the focus with it.
  const stopByButton = () => {
    stop();
    focusInput();
  };
  const clear = () => {
    conversation.clear();
    focusInput();
  };
  const sendSuggestion = ({ prompt, tools, thinking }: Suggestion) => {
    const change: Partial<Settings> = {
      ...(tools ? { tools: info.tools.map(({ name }) => name) } : {}),
      ...(thinking ? { thinking: 'on' } : {}),
    };
    changeSettings(change);
    send({ role: 'user', content: prompt }, change);
  };
  const sendRefused = (model: string) => {
    dialog.current?.close();
    send({ role: 'user', content: draft.trim() || (suggestions[0]?.prompt ?? '') }, { model });
  };

  const panel = (
    <SettingsPanel
      info={info}
      settings={settings}
      onChange={changeSettings}
      onRefusal={sendRefused}
      isRunning={isRunning}
    />
  );
  const state = turns.at(-1)?.state;

  return (
    <div className="page">
      <aside className="side" aria-label="Settings">
        <h1 className="brand">
          <Mark />
          Qwire console
        </h1>
        {panel}
        <p className="service">{info.service}</p>
      </aside>
      <main>
        <TopBar
          settings={settings}
          onOpenSettings={() => dialog.current?.showModal()}
          onClear={clear}
          isEmpty={turns.length === 0}
        />
        <ConversationView turns={turns} again={{ model: settings.model, onSend: send }}>
          <EmptyState
            onSuggestion={sendSuggestion}
            refusal={
              refused && {
                model: refused.id,
                workspace: settings.workspace,
                onTry: () => sendRefused(refused.id),
              }
            }
          />
        </ConversationView>
        <Composer
          draft={draft}
          onDraft={setDraft}
          onSend={send}
          onStop={stopByButton}
          isRunning={isRunning}
          takesImages={workspace?.models.find(({ id }) => id === settings.model)?.images ?? false}
          input={input}
        />
        <p className="visually-hidden" role="status">
          {state && announcements[state]}
        </p>
      </main>
      <dialog ref={dialog} className="settings-dialog" aria-label="Settings">
        <header>
          <h2>Settings</h2>
          <button
            type="button"
            className="quiet"
            onClick={() => dialog.current?.close()}
            aria-label="Close settings"
          >
            <Icon name="close" />
          </button>
        </header>
        {panel}
        <p className="service">{info.service}</p>
      </dialog>
    </div>
  );
}
