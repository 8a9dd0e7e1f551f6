// React 19 knows custom elements: it sets properties, and `on` followed by the name of an event
// listens to it.
import { useState } from "react";
import { createRoot } from "react-dom/client";

function Papers() {
  const [filter, setFilter] = useState("");
  const [title, setTitle] = useState("");
  return (
    <main>
      <label>
        Years{" "}
        <select value={filter} onChange={(event) => setFilter(event.target.value)}>
          <option value="">all</option>
          <option value="year:2010..2012">2010–2012</option>
          <option value="year:2013..">since 2013</option>
        </select>
      </label>
      <p role="status">{title && `You are reading “${title}”.`}</p>
      <vitrine-archive
        src="https://example.org/archive/"
        filter={filter}
        onvitrine-article={(event) => setTitle(event.detail.title)}
      />
    </main>
  );
}

createRoot(document.querySelector("#root")).render(<Papers />);
