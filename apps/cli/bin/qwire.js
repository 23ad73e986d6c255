#!/usr/bin/env node
import '../dist/qwire.js';
