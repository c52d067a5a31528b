// Says what it hears, and how it is to end.
process.parentPort.on('message', ({ data }) => {
  if (data === 'throw') throw new Error('as asked');
  if (data === 'end') process.exit(0);
  process.parentPort.postMessage({
    echo: data,
    args: process.argv.slice(2),
    of: process.env.TRIAL,
    type: process.type,
  });
});
