// Puts the parts together, and starts listening.

import { showConnection, startBar } from './bar.js';
import { loadEmoji } from './emoji.js';
import { startHood } from './hood.js';
import { listen } from './live.js';
import { startModals } from './modal.js';
import { watchRefusals } from './refusals.js';
import { startRoom } from './room.js';
import { followAddress, readAddress, writeAddress } from './route.js';
import { startSide } from './side.js';
import { heed, store } from './store.js';
import { startTheme } from './theme.js';
import { startThread } from './thread.js';
import { notify } from './toast.js';
import { startTour } from './tour.js';

startTheme();
await loadEmoji();
startBar();
startSide();
startRoom();
startThread();
startModals();
startHood();
watchRefusals();
startTour();

const wanted = readAddress();
Object.assign(store, { me: wanted.user, place: wanted.place, thread: wanted.thread });
let line = Promise.resolve();
function take(notice) {
  // One after the other: an older answer must not overwrite a newer one.
  line = line.then(() => heed(notice)).then(() => {
    writeAddress();
    document.body.dataset.ready = 'yes';
  }).catch((trouble) => notify(trouble.message, 'bad'));
}
followAddress(() => take({ changed: ['everything'] }));
listen(take, showConnection);
