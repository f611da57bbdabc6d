// Shows slides one at a time: keys, clicker, timer, kiosk. All slides are in the page, so that a change asks nothing of
// a server, and a server that went away is noticed, told, and taken up again when it is back.
function present(stage, options) {
  const WIDTH = 1920, HEIGHT = 1080, ASK_EVERY_MS = 2000, POINTED_MS = 2500;
  const find = (name) => stage.querySelector(name);
  const slides = () => Array.from(stage.querySelectorAll(".slide"));
  const kept = "rembuk-paparan:" + (options.key || location.pathname + location.search);
  const now = () => Date.now();
  const read = () => { try { return JSON.parse(sessionStorage.getItem(kept)) || {}; } catch { return {}; } };
  const write = () => { try { sessionStorage.setItem(kept, JSON.stringify(state)); } catch { /* private window */ } };
  const forget = () => { try { sessionStorage.removeItem(kept); } catch { /* private window */ } };
  const before = read();
  const state = { index: before.index || 0, begun: before.begun || now(), since: now() };
  let isAway = false, isOver = false, pointedAt = 0;

  function fit() {
    const scale = Math.min(innerWidth / WIDTH, innerHeight / HEIGHT);
    const left = (innerWidth - WIDTH * scale) / 2, top = (innerHeight - HEIGHT * scale) / 2;
    const placed = `translate(${left}px, ${top}px) scale(${scale})`;
    for (const slide of slides()) slide.style.transform = placed;
    find(".clock").style.transform = `translate(${left + 64 * scale}px, ${top + 1053 * scale}px) scale(${scale})`;
  }

  function show(index) {
    const all = slides();
    const last = all.length - 1;
    state.index = Math.max(0, Math.min(index, last));
    state.since = now();
    all.forEach((slide, place) => {
      slide.classList.toggle("is-shown", place === state.index);
      slide.setAttribute("aria-hidden", place === state.index ? "false" : "true");
    });
    write();
    tick();
  }

  function next() {
    const isLast = state.index >= slides().length - 1;
    if (!isLast) return show(state.index + 1);
    if (options.loop_s) { show(0); if (options.looped) options.looped(); }
  }

  const seconds = () => Number(slides()[state.index]?.dataset.seconds) || options.loop_s || 0;
  const told = (ms) => {
    const whole = Math.max(0, Math.floor(ms / 1000));
    return String(Math.floor(whole / 60)).padStart(2, "0") + ":" + String(whole % 60).padStart(2, "0");
  };

  function tick() {
    if (isOver) return;
    const here = now() - state.since, planned = seconds() * 1000;
    const clock = new Date().toLocaleTimeString("id-ID", { hour: "2-digit", minute: "2-digit" });
    const own = told(here) + (planned ? " / " + told(planned) : "");
    const words = ["Halaman " + own, "Rapat " + told(now() - state.begun), "Pukul " + clock];
    const shown = find(".clock");
    shown.textContent = words.join("  ·  ");
    if (planned && here > planned && !options.loop_s) shown.innerHTML = "<b>Waktu halaman habis</b>  ·  " + shown.textContent;
    const progress = find(".progress");
    progress.classList.toggle("is-on", Boolean(options.loop_s));
    if (options.loop_s) {
      progress.style.width = Math.min(100, (100 * here) / planned) + "%";
      if (here >= planned && !find(".black").classList.contains("is-on")) next();
    }
    stage.classList.toggle("is-pointed", now() - pointedAt < POINTED_MS);
  }

  function full() {
    if (document.fullscreenElement) document.exitFullscreen();
    else document.documentElement.requestFullscreen?.().catch(() => {});
  }

  function leave() {
    if (!options.left) return;
    stop();
    forget();
    stage.classList.remove("is-running");
    stage.hidden = true;
    if (document.fullscreenElement) document.exitFullscreen();
    options.left();
  }

  const black = () => find(".black").classList.toggle("is-on");
  const keys = {
    ArrowRight: next, ArrowDown: next, PageDown: next, " ": next, Enter: next,
    ArrowLeft: () => show(state.index - 1), ArrowUp: () => show(state.index - 1), PageUp: () => show(state.index - 1),
    Backspace: () => show(state.index - 1),
    Home: () => show(0), End: () => show(slides().length - 1),
    f: full, F: full, F5: full, b: black, B: black, ".": black, Escape: leave,
    t: () => find(".clock").classList.toggle("is-off"), T: () => find(".clock").classList.toggle("is-off"),
  };

  function pressed(event) {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const deed = keys[event.key];
    event.stopPropagation();
    if (!deed) return;
    event.preventDefault();
    const cover = find(".black");
    if (cover.classList.contains("is-on") && deed !== black) { cover.classList.remove("is-on"); return; }
    deed();
  }

  function clicked(event) {
    if (event.clientX < innerWidth / 3) show(state.index - 1); else next();
  }

  async function ask() {
    let isThere = false;
    try {
      const answer = await fetch(options.health, { cache: "no-store", signal: AbortSignal.timeout(ASK_EVERY_MS) });
      isThere = answer.ok;
    } catch { isThere = false; }
    if (isOver) return;
    find(".sign").classList.toggle("is-on", !isThere);
    if (isAway && isThere) { write(); location.reload(); return; }
    isAway = !isThere;
  }

  function stop() {
    isOver = true;
    clearInterval(clockwork);
    clearInterval(asking);
    removeEventListener("keydown", pressed, true);
    removeEventListener("resize", fit);
  }

  const pointed = () => { pointedAt = now(); };
  stage.classList.add("is-running");
  stage.addEventListener("mousemove", pointed);
  stage.onclick = clicked;
  addEventListener("keydown", pressed, true);
  addEventListener("resize", fit);
  const clockwork = setInterval(tick, 250);
  const asking = options.health ? setInterval(ask, ASK_EVERY_MS) : 0;
  fit();
  show(state.index);
  return { stop, redraw() { fit(); const since = state.since; show(state.index); state.since = since; } };
}
