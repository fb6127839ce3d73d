// Puts the parts of the app together, once, and hands them to the components through a context.
import { effect } from "@preact/signals";
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import { type ApiClient, createClient } from "../shared/api";
import { sendFile } from "../shared/net/upload";
import type { Host } from "./host/host";
import { Actions } from "./model/actions";
import { Announcer } from "./model/announcer";
import { Applications } from "./model/applications";
import { IndexedDbStore } from "./model/blob-store";
import { Conversation } from "./model/conversation";
import { Credentials, Entrance } from "./model/entrance";
import { Notifications } from "./model/notifications";
import { OpenApplications } from "./model/open-applications";
import { Pictures } from "./model/pictures";
import { Sender } from "./model/sender";
import { type StoredUpload, Uploads } from "./model/uploads";
import { Verification } from "./model/verification";
import { t } from "./text";

export interface Services {
  api: ApiClient;
  host: Host;
  credentials: Credentials;
  conversation: Conversation;
  sender: Sender;
  applications: Applications;
  openApplications: OpenApplications;
  actions: Actions;
  notifications: Notifications;
  uploads: Uploads;
  pictures: Pictures;
  announcer: Announcer;
  verification: Verification;
}

export function createServices(host: Host): Services {
  const credentials = new Credentials();
  const api = createClient("", () => credentials.headers());
  const applications = new Applications(api);
  const pictures = new Pictures(api);
  const announcer = new Announcer();
  const sender = new Sender(api, host.storage, () => void conversation.renew());
  const uploads = new Uploads(
    new IndexedDbStore<StoredUpload>("pos-assistant"),
    (upload, signal, progress) =>
      sendFile({
        url: `/v1/applications/${encodeURIComponent(upload.application_no)}/documents/${encodeURIComponent(upload.document_key)}`,
        headers: { ...credentials.headers(), "Idempotency-Key": upload.id },
        file: upload.blob,
        name: upload.name,
        signal,
        progress,
      }),
    async (upload) => {
      await applications.refresh(upload.application_no);
      announcer.say(t("upload.done"));
    },
  );
  const entrance = new Entrance(api, host, credentials);
  const conversation = new Conversation(api, host, credentials, entrance, sender, {
    entered: (conversationId) => {
      applications.clear();
      pictures.clear();
      void uploads.resume(conversationId);
    },
    connected: () => applications.refreshAll(),
    applicationChanged: (number, version) => applications.changed(number, version),
  });
  const verification = new Verification(api, (identity) => {
    conversation.identity.value = identity;
  });
  const openApplications = new OpenApplications(api);
  // The identity is read again with every connection, so what changed meanwhile is seen, too.
  effect(() => {
    if (conversation.identity.value) void openApplications.refresh();
    else openApplications.clear();
  });
  const actions = new Actions(api, (application) => applications.put(application));
  return {
    api,
    host,
    credentials,
    conversation,
    sender,
    applications,
    openApplications,
    actions,
    notifications: new Notifications(api),
    uploads,
    pictures,
    announcer,
    verification,
  };
}

export const ServicesContext = createContext<Services | null>(null);

export function useServices(): Services {
  const services = useContext(ServicesContext);
  if (!services) throw new Error("Components need the services of the app around them.");
  return services;
}
