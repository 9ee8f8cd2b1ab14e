/** Calls back when waiting longer makes no sense: the network is back, or somebody looks at the page again. */
export function onWake(callback: () => void): void {
  if (typeof window === 'undefined' || typeof document === 'undefined') return;
  window.addEventListener('online', callback);
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') callback();
  });
}
