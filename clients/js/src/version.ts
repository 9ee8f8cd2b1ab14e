/** The version of this library, told to the server with every connection. A test compares it with package.json. */
export const version = '0.1.0';
