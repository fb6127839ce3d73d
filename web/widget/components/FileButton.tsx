// A button that opens the system's file or camera dialog and gives what was chosen.
import type { ComponentChildren } from "preact";
import { useRef } from "preact/hooks";
import { ACCEPTED } from "../../shared/model/upload-rules";

interface Props {
  label: string;
  class: string;
  /** Takes one photo with the camera instead of picking files. */
  camera?: boolean;
  take: (files: readonly File[]) => void;
  children: ComponentChildren;
}

export function FileButton({ label, class: className, camera = false, take, children }: Props) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <button type="button" class={className} aria-label={label} onClick={() => input.current?.click()}>
        {children}
      </button>
      <input
        ref={input}
        class="visually-hidden"
        type="file"
        accept={camera ? "image/*" : ACCEPTED}
        capture={camera ? "environment" : undefined}
        multiple={!camera}
        tabIndex={-1}
        aria-hidden="true"
        onChange={(event) => {
          take(Array.from(event.currentTarget.files ?? []));
          event.currentTarget.value = "";
        }}
      />
    </>
  );
}
