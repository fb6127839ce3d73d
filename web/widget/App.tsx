// The whole window: header, messages, composer, and what lies over them.
import { useSignal } from "@preact/signals";
import { useEffect, useMemo, useRef } from "preact/hooks";
import "./app.css";
import { Announcements } from "./components/Announcements";
import { AssignDialog } from "./components/AssignDialog";
import { Composer, type ComposerHandle } from "./components/Composer";
import { ConnectionBar } from "./components/ConnectionBar";
import { DropHint } from "./components/DropHint";
import { Header } from "./components/Header";
import { Transcript } from "./components/Transcript";
import { Viewer } from "./components/Viewer";
import { useHostEvents } from "./hooks/host-events";
import { useKeyboardInset } from "./hooks/keyboard-inset";
import { type Services, ServicesContext } from "./services";

interface Props {
  services: Services;
  title: string;
  open: boolean;
}

export function App({ services, title, open }: Props) {
  const visible = useSignal(open);
  const offered = useSignal<readonly File[]>([]);
  const composer = useRef<ComposerHandle>(null);
  const focusComposer = useMemo(() => () => composer.current?.focus(), []);
  const offer = useMemo(() => (files: readonly File[]) => (offered.value = files), [offered]);
  useHostEvents(services, visible, focusComposer);
  useKeyboardInset();
  useEffect(focusComposer, [focusComposer]);
  return (
    <ServicesContext.Provider value={services}>
      <div class="app">
        <Header title={title} />
        <ConnectionBar />
        <Transcript visible={visible} />
        <Composer ref={composer} offer={offer} />
        <Announcements />
        <AssignDialog offered={offered} />
        <Viewer />
        <DropHint offer={offer} />
      </div>
    </ServicesContext.Provider>
  );
}
