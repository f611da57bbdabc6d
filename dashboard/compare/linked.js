// Maps that look at the same place: one camera, drawn on a canvas for each, from outlines fetched once by link.
// Degrees are stretched by the cosine of the middle latitude, as on the printed map.

const fetched = new Map()

function ground(told) {
  const key = told.links.rw
  if (!fetched.has(key)) fetched.set(key, read(told))
  return fetched.get(key)
}

async function read(told) {
  const load = async (name) => {
    if (!told.links[name]) return []
    const answer = await fetch(told.links[name])
    if (!answer.ok) throw new Error(answer.status)
    return (await answer.json()).features
  }
  const names = ["rw", "rw-only-points", "rw-borders", "kelurahan-borders", "kecamatan-borders", "facility-puskesmas"]
  const [rw, points, ...others] = await Promise.all(names.map(load))
  return {
    areas: rw.map((feature) => ({ index: feature.properties.i, name: feature.properties.n, path: outline(feature) })),
    points: points.map((feature) => ({ index: feature.properties.i, name: feature.properties.n, at: feature.geometry.coordinates })),
    borders: others.slice(0, 3).map(lines),
    puskesmas: others[3].map((feature) => feature.geometry.coordinates),
  }
}

function outline(feature) {
  const path = new Path2D()
  const { type, coordinates } = feature.geometry
  for (const polygon of type === "Polygon" ? [coordinates] : coordinates) for (const ring of polygon) trace(path, ring, true)
  return path
}

function lines(features) {
  const path = new Path2D()
  for (const { geometry } of features)
    for (const line of geometry.type === "LineString" ? [geometry.coordinates] : geometry.coordinates) trace(path, line, false)
  return path
}

function trace(path, positions, isRing) {
  positions.forEach(([x, y], number) => (number ? path.lineTo(x, y) : path.moveTo(x, y)))
  if (isRing) path.closePath()
}

function element(name, attributes = {}, ...children) {
  const made = document.createElement(name)
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value)
  made.append(...children)
  return made
}

class Linked {
  constructor(root) {
    this.root = root
    this.box = root.appendChild(element("div", { class: "rembuk" }))
    this.watch = new ResizeObserver(() => this.draw())
  }

  async update(data) {
    const before = this.data
    this.data = data
    const shape = (told) => told && JSON.stringify([told.panes.map((pane) => [pane.title, pane.frames.length]), told.words])
    if (shape(before) !== shape(data)) this.build()
    this.panes.forEach((pane, number) => (pane.told = data.panes[number]))
    if (!before || String(before.look) !== String(data.look) || !this.camera) this.look(data.look)
    try {
      this.grounds = await Promise.all(data.grounds.map(ground))
    } catch {
      this.box.replaceChildren(element("p", { class: "fault", role: "alert" }, data.words.unreachable))
      this.data = undefined
      return
    }
    this.show(Math.min(this.frame ?? Infinity, this.last()))
    this.box.dataset.ready = "yes"
  }

  last() {
    return Math.max(...this.data.panes.map((pane) => pane.frames.length)) - 1
  }

  build() {
    const { panes, words } = this.data
    this.stop()
    this.watch.disconnect()
    this.frame = undefined
    this.box.replaceChildren()
    if (panes.some((pane) => pane.frames.length > 1)) this.box.append(this.player(words))
    this.panes = panes.map((pane, number) => this.pane(pane, words, number))
    this.box.append(element("div", { class: "panes" }, ...this.panes.map((pane) => pane.holder)))
  }

  player(words) {
    this.button = element("button", { type: "button", class: "play" }, words.play)
    this.button.addEventListener("click", () => (this.timer ? this.stop() : this.play()))
    this.slider = element("input", { type: "range", min: 0, max: this.last(), step: 1, "aria-label": words.month })
    this.slider.addEventListener("input", () => {
      this.stop()
      this.show(Number(this.slider.value))
    })
    this.output = element("output", { "aria-live": "polite" })
    return element("div", { class: "player" }, this.button, this.output, this.slider, element("small", {}, words.speed))
  }

  play() {
    if (this.frame >= this.last()) this.show(0)
    this.button.textContent = this.data.words.pause
    this.timer = setInterval(() => {
      this.show(this.frame + 1)
      if (this.frame >= this.last()) this.stop()
    }, this.data.speed_ms)
  }

  stop() {
    clearInterval(this.timer)
    this.timer = undefined
    if (this.button && this.data) this.button.textContent = this.data.words.play
  }

  show(frame) {
    this.frame = frame
    const label = this.data.panes[0].frames[Math.min(frame, this.data.panes[0].frames.length - 1)].label
    if (this.slider) {
      this.slider.value = frame
      this.slider.setAttribute("aria-valuetext", label)
      this.output.textContent = label
    }
    for (const pane of this.panes) {
      const shown = this.shown(pane)
      pane.title.replaceChildren(element("b", {}, shown.label), " · " + pane.told.title)
      pane.canvas.setAttribute("aria-label", `${this.data.words.map} ${pane.told.title}, ${shown.label}. ${this.count(pane, shown)}`)
    }
    this.draw()
  }

  shown(pane) {
    return pane.told.frames[Math.min(this.frame, pane.told.frames.length - 1)]
  }

  count(pane, shown) {
    const numbers = new Map()
    for (const sign of shown.codes) numbers.set(parseInt(sign, 36), (numbers.get(parseInt(sign, 36)) ?? 0) + 1)
    const told = pane.told.words
      .map((words, index) => ({ words, index, number: numbers.get(index) ?? 0 }))
      .filter(({ words, index, number }) => words && (index < pane.told.special || number))
    pane.legend.replaceChildren(
      ...told.map(({ words, index, number }) => {
        const swatch = element("i")
        swatch.style.background = pane.told.palette[index]
        return element("li", {}, swatch, words, element("span", {}, `${number.toLocaleString("id-ID")} RW`))
      }),
    )
    return told.filter(({ number }) => number).map(({ words, number }) => `${words}: ${number} RW`).join("; ") + "."
  }

  pane(told, words, number) {
    const canvas = element("canvas", { role: "img", tabindex: 0 })
    const tip = element("div", { class: "told" })
    const frame = element("div", { class: "frame" }, canvas, tip)
    const pane = { told, canvas, tip, frame, title: element("h3"), legend: element("ul", { class: "legend" }) }
    if (number === 0) frame.append(this.keys(words))
    pane.holder = element("div", { class: "pane" }, pane.title, frame, pane.legend)
    this.listen(pane)
    this.watch.observe(frame)
    return pane
  }

  keys(words) {
    const key = (sign, label, deed) => {
      const made = element("button", { type: "button", "aria-label": label, title: label }, sign)
      made.addEventListener("click", deed)
      return made
    }
    return element(
      "div",
      { class: "keys" },
      key("+", words.closer, () => this.zoom(1.5)),
      key("−", words.farther, () => this.zoom(1 / 1.5)),
      key("⤢", words.whole, () => this.look(null)),
    )
  }

  listen(pane) {
    const held = new Map()
    const place = (event) => {
      const box = pane.canvas.getBoundingClientRect()
      return [event.clientX - box.left, event.clientY - box.top]
    }
    pane.canvas.addEventListener("pointerdown", (event) => {
      held.set(event.pointerId, place(event))
      pane.canvas.setPointerCapture(event.pointerId)
    })
    const release = (event) => held.delete(event.pointerId)
    pane.canvas.addEventListener("pointerup", release)
    pane.canvas.addEventListener("pointercancel", release)
    pane.canvas.addEventListener("pointermove", (event) => {
      const now = place(event)
      const before = held.get(event.pointerId)
      if (!before) return this.point(pane, now)
      const other = [...held].find(([id]) => id !== event.pointerId)?.[1]
      if (other) {
        const apart = (at) => Math.hypot(at[0] - other[0], at[1] - other[1])
        this.zoom(apart(now) / Math.max(apart(before), 1), pane, other)
      } else {
        this.camera.x -= (now[0] - before[0]) / (this.camera.scale * this.squeeze)
        this.camera.y += (now[1] - before[1]) / this.camera.scale
        this.draw()
      }
      held.set(event.pointerId, now)
    })
    pane.canvas.addEventListener("pointerleave", () => this.point(pane, null))
    pane.canvas.addEventListener(
      "wheel",
      (event) => {
        event.preventDefault()
        this.zoom(Math.exp(-event.deltaY / 500), pane, place(event))
      },
      { passive: false },
    )
    pane.canvas.addEventListener("keydown", (event) => {
      const steps = { ArrowLeft: [-60, 0], ArrowRight: [60, 0], ArrowUp: [0, -60], ArrowDown: [0, 60] }[event.key]
      if (steps) {
        this.camera.x += steps[0] / (this.camera.scale * this.squeeze)
        this.camera.y -= steps[1] / this.camera.scale
        this.draw()
      } else if (event.key === "+" || event.key === "=") this.zoom(1.5)
      else if (event.key === "-") this.zoom(1 / 1.5)
      else if (event.key === " " && this.button) this.button.click()
      else return
      event.preventDefault()
    })
  }

  look(at) {
    const frame = this.panes[0].frame
    const [west, south, east, north] = this.data.grounds[0].bounds
    this.squeeze = Math.cos((((south + north) / 2) * Math.PI) / 180)
    const wide = Math.max(frame.clientWidth, 200) / ((east - west) * this.squeeze)
    this.whole = Math.min(wide, Math.max(frame.clientHeight, 200) / (north - south)) * 0.94
    this.camera = at
      ? { x: at[0], y: at[1], scale: Math.max(this.whole, 30000) }
      : { x: (west + east) / 2, y: (south + north) / 2, scale: this.whole }
    this.marked = at
    this.draw()
  }

  zoom(factor, pane, at) {
    const scale = Math.min(Math.max(this.camera.scale * factor, this.whole / 4), this.whole * 60)
    if (pane && at) {
      const [dx, dy] = [at[0] - pane.frame.clientWidth / 2, at[1] - pane.frame.clientHeight / 2]
      this.camera.x += (dx / this.camera.scale - dx / scale) / this.squeeze
      this.camera.y -= dy / this.camera.scale - dy / scale
    }
    this.camera.scale = scale
    this.draw()
  }

  point(pane, at) {
    this.pointer = at
    const found = at && this.grounds && this.data.is_touchable ? this.under(pane, at) : undefined
    for (const each of this.panes) {
      each.tip.style.display = found ? "block" : "none"
      if (!found) continue
      const shown = this.shown(each)
      const held = each === pane ? found : this.grounds[shown.ground].areas.concat(this.grounds[shown.ground].points).find(({ name }) => name === found.name)
      each.tip.textContent = held ? `${held.name}: ${each.told.words[parseInt(shown.codes[held.index], 36)]}` : found.name
      each.tip.style.left = `${Math.min(at[0] + 12, Math.max(each.frame.clientWidth - each.tip.offsetWidth - 4, 0))}px`
      each.tip.style.top = `${at[1] + 14}px`
    }
  }

  under(pane, at) {
    const context = pane.canvas.getContext("2d")
    const [a, , , d, e, f] = this.turn(pane)
    const [x, y] = [(at[0] - e) / a, (at[1] - f) / d]
    const held = this.grounds[this.shown(pane).ground]
    context.setTransform(1, 0, 0, 1, 0, 0)
    const near = 8 / this.camera.scale
    return (
      held.points.find((point) => Math.abs(point.at[0] - x) < near && Math.abs(point.at[1] - y) < near) ??
      held.areas.find((area) => context.isPointInPath(area.path, x, y, "evenodd"))
    )
  }

  turn(pane) {
    const { x, y, scale } = this.camera
    const across = scale * this.squeeze
    return [across, 0, 0, -scale, pane.frame.clientWidth / 2 - x * across, pane.frame.clientHeight / 2 + y * scale]
  }

  draw() {
    if (this.asked) return
    this.asked = requestAnimationFrame(() => {
      this.asked = undefined
      if (this.grounds && this.camera) this.panes.forEach((pane) => this.paint(pane))
    })
  }

  paint(pane) {
    const dense = window.devicePixelRatio || 1
    const { canvas, frame } = pane
    const [wide, high] = [Math.round(frame.clientWidth * dense), Math.round(frame.clientHeight * dense)]
    if (canvas.width !== wide || canvas.height !== high) [canvas.width, canvas.height] = [wide, high]
    const context = canvas.getContext("2d")
    context.setTransform(1, 0, 0, 1, 0, 0)
    context.clearRect(0, 0, wide, high)
    const turned = this.turn(pane)
    context.setTransform(...turned.map((value) => value * dense))
    const shown = this.shown(pane)
    const held = this.grounds[shown.ground]
    for (const area of held.areas) {
      context.fillStyle = pane.told.palette[parseInt(shown.codes[area.index], 36)]
      context.fill(area.path, "evenodd")
    }
    const styles = [["#ffffffa0", 0.7], ["#3c3c3cb0", 1.1], ["#141414", 2]]
    held.borders.forEach((path, number) => {
      context.strokeStyle = styles[number][0]
      context.lineWidth = styles[number][1] / this.camera.scale
      context.stroke(path)
    })
    context.setTransform(dense, 0, 0, dense, 0, 0)
    const project = ([x, y]) => [x * turned[0] + turned[4], y * turned[3] + turned[5]]
    const dot = (at, radius, fill, edge) => {
      context.beginPath()
      context.arc(...project(at), radius, 0, 7)
      context.fillStyle = fill
      context.fill()
      context.strokeStyle = edge
      context.lineWidth = 1.2
      context.stroke()
    }
    for (const point of held.points) dot(point.at, 6, pane.told.palette[parseInt(shown.codes[point.index], 36)], "#1b2327")
    for (const at of held.puskesmas) dot(at, 3.5, "#000", "#fff")
    this.write(context, this.data.grounds[shown.ground].names, project)
    if (this.marked) {
      context.beginPath()
      context.arc(...project(this.marked), 16, 0, 7)
      context.strokeStyle = "#000"
      context.lineWidth = 3
      context.stroke()
    }
  }

  write(context, names, project) {
    context.font = "700 12px sans-serif"
    context.textAlign = "center"
    context.lineJoin = "round"
    const taken = []
    for (const [words, x, y] of names) {
      const [left, top] = project([x, y])
      const half = context.measureText(words.toUpperCase()).width / 2
      if (taken.some((box) => Math.abs(box[0] - left) < box[2] + half && Math.abs(box[1] - top) < 14)) continue
      taken.push([left, top, half])
      context.strokeStyle = "#ffffffd0"
      context.lineWidth = 3
      context.strokeText(words.toUpperCase(), left, top)
      context.fillStyle = "#141414"
      context.fillText(words.toUpperCase(), left, top)
    }
  }
}

const made = new WeakMap()

export default function ({ data, parentElement }) {
  if (!data) return
  if (!made.has(parentElement)) made.set(parentElement, new Linked(parentElement))
  made.get(parentElement).update(data)
}
