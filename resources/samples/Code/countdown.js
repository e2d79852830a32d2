// A small countdown for the kitchen tablet: tea, eggs, pasta.

const presets = { tea: 180, eggs: 390, pasta: 540 };

class Countdown {
  constructor(display, bell) {
    this.display = display;
    this.bell = bell;
    this.handle = null;
  }

  start(seconds) {
    this.stop();
    const end = Date.now() + seconds * 1000;
    const tick = () => {
      const left = Math.max(0, Math.round((end - Date.now()) / 1000));
      const minutes = String(Math.floor(left / 60)).padStart(2, "0");
      this.display.textContent = `${minutes}:${String(left % 60).padStart(2, "0")}`;
      if (left === 0) {
        this.stop();
        this.bell.play();
      }
    };
    this.handle = setInterval(tick, 250);
    tick();
  }

  stop() {
    clearInterval(this.handle);
    this.handle = null;
  }
}

const countdown = new Countdown(document.querySelector("#time"), document.querySelector("audio"));
for (const [name, seconds] of Object.entries(presets)) {
  document.querySelector(`#${name}`).addEventListener("click", () => countdown.start(seconds));
}
