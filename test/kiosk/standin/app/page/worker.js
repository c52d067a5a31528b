fetch(location.search.slice(1)).catch(() => undefined);
