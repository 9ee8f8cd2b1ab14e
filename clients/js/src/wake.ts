/**
 * Calls back when waiting longer makes no sense: the network is back, or somebody looks at the page again.
 * @returns what stops it.
 */
export function onWake(callback: () => void): () => void {
  if (typeof window === 'undefined' || typeof document === 'undefined') return () => undefined;
  const seen = (): void => {
    if (document.visibilityState === 'visible') callback();
  };
  window.addEventListener('online', callback);
  document.addEventListener('visibilitychange', seen);
  return () => {
    window.removeEventListener('online', callback);
    document.removeEventListener('visibilitychange', seen);
  };
}
