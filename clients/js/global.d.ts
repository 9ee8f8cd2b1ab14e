import type scriptIo from './dist/umd.js';

declare global {
  /** What `<script src="/realtime.js">` makes. */
  const io: typeof scriptIo;
}
