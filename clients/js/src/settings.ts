import { checkOption, optionNames, type SocketOptions } from './options.js';

/**
 * Makes the settings of a socket properties of it, as in Sails: `socket.url`, `socket.headers`, … (contract C-7).
 * @param beforeChange called before one changes that a connection depends on; it may throw.
 */
export function defineSettings(socket: SocketOptions, options: SocketOptions, beforeChange: (name: string) => void): void {
  for (const name of optionNames) {
    Object.defineProperty(socket, name, {
      enumerable: true,
      get: (): unknown => options[name],
      set: (value: unknown) => {
        checkOption(name, value);
        if (name !== 'headers') beforeChange(name);
        (options as unknown as Record<string, unknown>)[name] = value;
      },
    });
  }
}
