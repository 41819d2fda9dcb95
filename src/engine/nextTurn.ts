/**
 * Lets the event loop run and comes back as soon as it can. Not a timer: browsers delay those by
 * four milliseconds and more, and by a second in hidden tabs.
 */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
}
