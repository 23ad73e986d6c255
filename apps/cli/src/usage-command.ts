import { Command } from 'commander';

/** Wrong usage leaves with 2, so that scripts can tell it from a failure of what was asked for. */
export class UsageCommand extends Command {
  override error(message: string, options: Parameters<Command['error']>[1] = {}): never {
    return super.error(message, { ...options, exitCode: 2 });
  }
}
