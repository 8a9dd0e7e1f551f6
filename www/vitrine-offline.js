// @ts-check
/**
 * Makes the archive's own page work without a connection, on web hosts that allow it.
 *
 * Loaded by that page once somebody reads an article or looks at the settings, and at once where
 * a worker is there: who only searches loads none of it. Never on `file://`, where everything is at
 * hand, and never in a frame. It installs the service worker, says when the host has a newer
 * version, and fills the part of the settings that keeps the whole archive.
 * A page never goes on with the worker of another version: it starts again.
 */
(() => {
  "use strict";

  const container = navigator.serviceWorker;

  // ------------------------------------------------------------------------ the words

  /** Newer version, reload, not now; heading, explanation, keep, kept, progress, stop, failed,
   * forget, unknown. */
  const WORDS = {
    en: [
      "A newer version of this archive is there.",
      "Reload",
      "Later",
      "Without a connection",
      "What you have read stays readable. The whole archive takes {size} more.",
      "Keep the whole archive",
      "The whole archive is kept in this browser ({size}).",
      "{n} of {m}",
      "Stop",
      "Some files could not be kept. Check the connection and try again.",
      "Remove it from this browser",
    ],
    ar: [
      "تتوفر نسخة أحدث من هذا الأرشيف.",
      "إعادة التحميل",
      "لاحقًا",
      "بلا اتصال",
      "ما قرأته يبقى متاحًا للقراءة. يحتاج الأرشيف كله إلى {size} إضافية.",
      "حفظ الأرشيف كله",
      "الأرشيف كله محفوظ في هذا المتصفح ({size}).",
      "{n} من {m}",
      "إيقاف",
      "تعذّر حفظ بعض الملفات. تحقق من الاتصال وأعد المحاولة.",
      "حذفه من هذا المتصفح",
    ],
    es: [
      "Hay una versión más reciente de este archivo.",
      "Volver a cargar",
      "Más tarde",
      "Sin conexión",
      "Lo que ha leído sigue disponible. El archivo completo ocupa {size} más.",
      "Guardar el archivo completo",
      "El archivo completo está guardado en este navegador ({size}).",
      "{n} de {m}",
      "Detener",
      "Algunos ficheros no se pudieron guardar. Compruebe la conexión e inténtelo de nuevo.",
      "Quitarlo de este navegador",
    ],
    fr: [
      "Une version plus récente de ces archives est disponible.",
      "Recharger",
      "Plus tard",
      "Sans connexion",
      "Ce que vous avez lu reste lisible. Les archives entières prennent {size} de plus.",
      "Conserver toutes les archives",
      "Toutes les archives sont conservées dans ce navigateur ({size}).",
      "{n} sur {m}",
      "Arrêter",
      "Certains fichiers n’ont pas pu être conservés. Vérifiez la connexion et réessayez.",
      "Les retirer de ce navigateur",
    ],
    ru: [
      "Есть более новая версия этого архива.",
      "Загрузить",
      "Позже",
      "Без подключения",
      "Прочитанное остаётся доступным. Весь архив займёт ещё {size}.",
      "Сохранить весь архив",
      "Весь архив сохранён в этом браузере ({size}).",
      "{n} из {m}",
      "Остановить",
      "Некоторые файлы не удалось сохранить. Проверьте подключение и попробуйте снова.",
      "Удалить из этого браузера",
    ],
    "zh-Hans": [
      "本资料库有新版本。",
      "重新载入",
      "以后再说",
      "离线使用",
      "读过的内容离线也能阅读。保存整个资料库还需要 {size}。",
      "保存整个资料库",
      "整个资料库已保存在此浏览器中（{size}）。",
      "{n} / {m}",
      "停止",
      "有些文件未能保存，请检查网络连接后重试。",
      "从此浏览器中移除",
    ],
    "zh-Hant": [
      "本資料庫有新版本。",
      "重新載入",
      "以後再說",
      "離線使用",
      "讀過的內容離線也能閱讀。儲存整個資料庫還需要 {size}。",
      "儲存整個資料庫",
      "整個資料庫已儲存在此瀏覽器中（{size}）。",
      "{n} / {m}",
      "停止",
      "有些檔案未能儲存，請檢查網路連線後重試。",
      "從此瀏覽器中移除",
    ],
  };

  const archive = /** @type {HTMLElement | null} */ (document.querySelector("vitrine-archive"));
  if (!archive) return;

  /** The language of the interface and its words. */
  const words = () => {
    const shown = archive.shadowRoot?.querySelector("[lang]")?.getAttribute("lang") ?? "en";
    const tag = Object.hasOwn(WORDS, shown) ? shown : "en";
    return { tag, text: WORDS[/** @type {keyof typeof WORDS} */ (tag)] };
  };

  /**
   * @template {keyof HTMLElementTagNameMap} T
   * @param {T} tag @param {string} [text]
   */
  const element = (tag, text = "") => {
    const made = document.createElement(tag);
    made.textContent = text;
    return made;
  };

  /** @param {string} text @param {() => void} action */
  const button = (text, action) => {
    const made = element("button", text);
    made.type = "button";
    made.onclick = action;
    return made;
  };

  /** A number of bytes for people. @param {number} bytes @param {string} tag */
  const size = (bytes, tag) => {
    const [unit, value] =
      bytes < 1e6 ? ["kilobyte", bytes / 1e3] : bytes < 1e9 ? ["megabyte", bytes / 1e6] : ["gigabyte", bytes / 1e9];
    const maximumFractionDigits = value < 10 ? 1 : 0;
    return new Intl.NumberFormat(tag, { style: "unit", unit, maximumFractionDigits }).format(value);
  };

  // ------------------------------------------------------------------------ the worker

  const version = document.querySelector('meta[name="vitrine-version"]')?.getAttribute("content");

  /**
   * Asks a worker and resolves to its answer.
   * @param {ServiceWorker} worker @param {string} name @param {unknown} [value]
   * @returns {Promise<any>}
   */
  const ask = (worker, name, value) =>
    new Promise((resolve) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = ({ data }) => {
        port1.close();
        resolve(data);
      };
      worker.postMessage([name, value], [port2]);
    });

  container.addEventListener("controllerchange", async () => {
    if (!container.controller) return;
    const { version: its } = await ask(container.controller, "version");
    if (its !== version) location.reload();
  });

  /** Says once that a newer version waits. @param {ServiceWorker} waiting */
  const announce = (waiting) => {
    if (document.querySelector(".update")) return;
    const { tag, text } = words();
    const notice = element("div");
    notice.className = "update";
    notice.setAttribute("role", "status");
    notice.lang = tag;
    notice.dir = tag === "ar" ? "rtl" : "ltr";
    notice.append(
      element("p", text[0]),
      button(text[1], () => waiting.postMessage(["activate", true])),
      button(text[2], () => notice.remove()),
    );
    document.body.append(notice);
  };

  /** @param {ServiceWorkerRegistration} registration */
  const watch = (registration) => {
    const look = () => {
      if (registration.waiting && container.controller) announce(registration.waiting);
    };
    // Nobody has begun to read: the newer version may take over at once.
    if (container.controller) registration.waiting?.postMessage(["activate", false]);
    setTimeout(look, 1000);
    registration.addEventListener("updatefound", () => {
      registration.installing?.addEventListener("statechange", look);
    });
    let last = Date.now();
    addEventListener("visibilitychange", () => {
      if (document.hidden || Date.now() - last < 600_000) return;
      last = Date.now();
      registration.update().catch(() => {});
    });
  };

  /** The files of the archive that this page has loaded. */
  const loaded = () => {
    const base = new URL("./", location.href).href;
    const addresses = performance.getEntriesByType("resource").map(({ name }) => name);
    const own = addresses.filter((name) => name.startsWith(base));
    return own.map((name) => name.slice(base.length).split(/[?#]/)[0]);
  };

  const install = async () => {
    const link = element("link");
    link.rel = "manifest";
    link.href = "manifest.webmanifest";
    document.head.append(link);
    const factory = /** @type {any} */ (window).trustedTypes;
    const policy = factory?.createPolicy("vitrine-offline", { createScriptURL: () => "sw.js" });
    try {
      watch(await container.register(policy ? policy.createScriptURL("") : "sw.js"));
      const { active } = await container.ready;
      if (!active) return;
      if (!container.controller) {
        await ask(active, "claim", version);
        await ask(active, "keep", loaded());
      }
      await ask(active, "tidy");
      document.documentElement.dataset.offline = "ready";
    } catch (error) {
      console.warn("this host does not let the archive work offline:", error);
    }
  };

  /** @type {Promise<void> | undefined} */
  let installing;
  const start = () => (installing ??= install());

  const startSoon = () => {
    // Reading comes first.
    if (window.requestIdleCallback) requestIdleCallback(start, { timeout: 5000 });
    else setTimeout(start, 2000);
  };

  // Whoever has a version looks for a newer one, once the archive is there.
  if (archive.dataset.state === "ready") startSoon();
  else archive.addEventListener("vitrine-ready", startSoon, { once: true });

  // ---------------------------------------------------------------------- the settings

  /** Files that are asked for at a time. */
  const BATCH = 24;

  /** @param {HTMLElement} place an empty element in the settings */
  const fill = async (place) => {
    await start();
    const worker = container.controller ?? (await container.getRegistration())?.active;
    if (!worker) return;
    const { tag, text } = words();
    const { all, kept, error } = await ask(worker, "listing");
    const status = element("p");
    status.setAttribute("role", "status");
    place.replaceChildren(element("h3", text[3]), status);
    if (error) {
      status.textContent = text[9];
      return;
    }
    const isKept = new Set(kept);
    const missing = all.filter((/** @type {[string, number]} */ [path]) => !isKept.has(path));
    const sum = (/** @type {[string, number][]} */ files) =>
      files.reduce((bytes, [, length]) => bytes + length, 0);
    const write = (/** @type {string} */ line, /** @type {number} */ bytes) => {
      status.textContent = line.replace("{size}", size(bytes, tag));
    };
    const again = () => fill(place);
    const forget = button(text[10], () => ask(worker, "forget").then(again));
    if (missing.length === 0) {
      write(text[6], sum(all));
      place.append(forget);
      return;
    }
    write(text[4], sum(missing));
    const keep = button(text[5], async () => {
      let isStopped = false;
      const progress = element("progress");
      progress.max = sum(all);
      progress.setAttribute("aria-label", text[5]);
      let done = progress.max - sum(missing);
      let failed = 0;
      const stop = button(text[8], () => {
        isStopped = true;
      });
      place.replaceChildren(element("h3", text[3]), status, progress, stop);
      stop.focus();
      // What people ask for should not be the first that a browser in need of room removes.
      navigator.storage?.persist?.().catch(() => false);
      if ((await ask(worker, "viewer")).error) failed++;
      for (let at = 0; at < missing.length && !isStopped && place.isConnected; at += BATCH) {
        const batch = missing.slice(at, at + BATCH);
        const answer = await ask(worker, "keep", batch.map((/** @type {any} */ [path]) => path));
        failed += answer.error ? batch.length : answer.failed;
        done += sum(batch);
        progress.value = done;
        const line = text[7].replace("{n}", size(done, tag));
        status.textContent = line.replace("{m}", size(progress.max, tag));
        if (answer.error) break;
      }
      await again();
      if (failed > 0) place.append(element("p", text[9]));
      place.querySelector("button")?.focus();
    });
    place.append(keep);
    if (kept.length > 0) place.append(forget);
  };

  /** @type {any} */ (window).__vitrine(fill);
})();
