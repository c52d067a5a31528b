import { contextBridge, type IpcRendererEvent, ipcRenderer } from 'electron';
import type { FeedState } from '../cloud/contracts/feed.ts';
import type { VitrineBridge } from './bridge.ts';
import { CHANNELS } from './channels.ts';

const bridge: VitrineBridge = {
  onFeed(listener) {
    // The page gets the state alone: the event would hand it `ipcRenderer` itself.
    const pass = (_event: IpcRendererEvent, state: FeedState) => listener(state);
    ipcRenderer.on(CHANNELS.feed, pass);
    ipcRenderer.send(CHANNELS.listening);
    return () => {
      ipcRenderer.removeListener(CHANNELS.feed, pass);
    };
  },
  painted(report) {
    ipcRenderer.send(CHANNELS.painted, report);
  },
  answer: (asked) => ipcRenderer.invoke(CHANNELS.answer, asked),
};

contextBridge.exposeInMainWorld('vitrine', bridge);
