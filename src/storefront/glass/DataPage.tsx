import type { Inspection } from "vitrine";
import { errorText } from "../language/messageText.ts";
import { strings } from "../language/strings.ts";
import { useEngine, useShop } from "../ShopContext.tsx";
import { useHistory } from "../state/useHistory.ts";
import { ConfirmButton } from "./ConfirmButton.tsx";
import glass from "./GlassRoom.module.css";
import { InterestProfile } from "./InterestProfile.tsx";
import { MutedParts } from "./MutedParts.tsx";
import { PortData } from "./PortData.tsx";
import { RecordingControl } from "./RecordingControl.tsx";
import { RelearningNote } from "./RelearningNote.tsx";
import { ShopFacts } from "./ShopFacts.tsx";
import { StorageFacts } from "./StorageFacts.tsx";
import { StoredSummary } from "./StoredSummary.tsx";
import { Timeline } from "./Timeline.tsx";
import { TouchedProducts } from "./TouchedProducts.tsx";
import { glassTexts } from "./texts.ts";
import { useCommand } from "./useCommand.ts";

/** Events read in one request; a longer timeline loads more on request. */
const MAX_EVENTS = 5000;

/** Everything this shop knows about the shopper, what it concludes, and how they can change that. */
export function DataPage() {
  const { failure } = useEngine();
  const inspection = useHistory((recommender) => recommender.inspect(MAX_EVENTS));
  const { data } = glassTexts();
  return (
    <>
      <p className={glass.lead}>{data.lead}</p>
      {failure && <p className="notice">{strings.learning.failed(errorText(failure))}</p>}
      {!failure && !inspection && <p role="status">{strings.learning.opening}</p>}
      {inspection && <Known {...inspection} />}
    </>
  );
}

function Known(inspection: Inspection) {
  const { events, status } = inspection;
  return (
    <>
      <RecordingControl />
      <RelearningNote />
      <InterestProfile />
      <MutedParts />
      <TouchedProducts events={events} />
      <Timeline events={events} all={status.events} />
      <StoredSummary {...inspection} />
      <ShopFacts />
      <StorageFacts />
      <PortData />
      <EraseEverything />
    </>
  );
}

function EraseEverything() {
  const { actions } = useShop();
  const { emit, isBusy } = useCommand();
  const { data } = glassTexts();
  return (
    <section className={glass.section} aria-labelledby="erase">
      <h2 id="erase">{data.eraseTitle}</h2>
      <p className={glass.lead}>{data.eraseLead}</p>
      <ConfirmButton
        className="button button--danger"
        question={data.eraseConfirm}
        yes={data.eraseYes}
        no={data.keep}
        isDisabled={isBusy}
        onConfirm={() => emit(actions.erase)}
      >
        {data.erase}
      </ConfirmButton>
    </section>
  );
}
