const { contextBridge, ipcRenderer } = require('electron');

contextBridge.exposeInMainWorld('trial', {
  nested: { list: [1, 2] },
  add: (a, b) => a + b,
  later: async (value) => value,
  refuse: () => {
    throw new Error('refused by the preload');
  },
  echo: (value) => ipcRenderer.invoke('echo', value),
  fail: () => ipcRenderer.invoke('fail'),
  nobody: () => ipcRenderer.invoke('nobody'),
  say: (line) => ipcRenderer.send('say', line),
  onSaid: (listener) => {
    const heard = (_event, message) => listener(message);
    ipcRenderer.on('said', heard);
    return () => ipcRenderer.removeListener('said', heard);
  },
});
//# sourceMappingURL=preload.cjs.map
