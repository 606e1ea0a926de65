// Listens for what has changed, and comes back after every break.

export function listen(onNotice, onState) {
  let wait = 300;
  function open() {
    const socket = new WebSocket(`${location.origin.replace('http', 'ws')}/control/live`);
    socket.onmessage = (event) => {
      wait = 300;
      onState(true);
      onNotice(JSON.parse(event.data));
    };
    socket.onclose = () => {
      onState(false);
      setTimeout(open, wait);
      wait = Math.min(2 * wait, 5000);
    };
  }
  open();
}
