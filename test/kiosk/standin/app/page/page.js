document.querySelector('#state').textContent = `sum ${window.trial.add(2, 3)}`;
