import { type ReactNode, useEffect, useState } from 'react';
import type { ConsoleInfo } from '../../shared/console-api.ts';
import { fetchConsole } from '../api/fetch-console.ts';
import { ConsolePage } from './console-page.tsx';

/** Asks the server what there is to choose from, and shows the console. */
export function App(): ReactNode {
  const [info, setInfo] = useState<ConsoleInfo>();
  const [problem, setProblem] = useState('');
  useEffect(() => {
    fetchConsole().then(setInfo, (error: unknown) => setProblem(String(error)));
  }, []);
  if (info !== undefined) return <ConsolePage info={info} />;
  if (problem === '') return null;
  return (
    <p className="page-problem" role="alert">
      The console cannot be shown. Look whether the program that serves it still runs, then load the page
      again.
      <br />
      <code>{problem}</code>
    </p>
  );
}
