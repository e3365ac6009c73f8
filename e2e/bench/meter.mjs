// What a page receives and how long it works, as the browser itself counts.

export class Meter {
  #session;
  /** Bytes of answers by request, for those that are no files of the page. */
  #answers = new Map();
  #socketBytes = 0;
  #requests = 0;
  #frames = 0;

  static async on(page) {
    const meter = new Meter();
    meter.#session = await page.context().newCDPSession(page);
    await meter.#listen(meter.#session);
    return meter;
  }

  async #listen(session) {
    session.on("Network.requestWillBeSent", ({ requestId, request }) => {
      if (!/^\/(api\/|health)/.test(new URL(request.url).pathname)) return;
      this.#answers.set(requestId, 0);
      this.#requests += 1;
    });
    session.on("Network.dataReceived", ({ requestId, dataLength, encodedDataLength }) => {
      const before = this.#answers.get(requestId);
      if (before === undefined) return;
      this.#answers.set(requestId, before + (encodedDataLength || dataLength));
    });
    session.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
      // With its head, which the parts do not count.
      if (this.#answers.has(requestId)) this.#answers.set(requestId, encodedDataLength);
    });
    session.on("Network.webSocketFrameReceived", ({ response }) => {
      const length = Buffer.byteLength(response.payloadData);
      this.#socketBytes += length + (length < 126 ? 2 : length < 65_536 ? 4 : 10);
      this.#frames += 1;
    });
    await session.send("Network.enable");
    await session.send("Performance.enable");
  }

  get #httpBytes() {
    let sum = 0;
    for (const bytes of this.#answers.values()) sum += bytes;
    return sum;
  }

  /** All that has come so far. */
  get bytes() {
    return this.#httpBytes + this.#socketBytes;
  }

  async read() {
    const { metrics } = await this.#session.send("Performance.getMetrics");
    const ms = (wanted) => 1_000 * (metrics.find(({ name }) => name === wanted)?.value ?? 0);
    return {
      httpBytes: this.#httpBytes,
      socketBytes: this.#socketBytes,
      requests: this.#requests,
      frames: this.#frames,
      taskMs: ms("TaskDuration"),
      scriptMs: ms("ScriptDuration"),
    };
  }
}
