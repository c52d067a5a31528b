import './console-app.ts';

document.body.append(document.createElement('console-app'));

// A page that comes back from the browser's own memory has lost its connection.
addEventListener('pageshow', ({ persisted }) => {
  if (persisted) location.reload();
});
