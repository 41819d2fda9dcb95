import { decimal } from "../language/format.ts";
import { categoryName, strings } from "../language/strings.ts";
import { FacetChoice } from "./FacetChoice.tsx";
import type { Facets } from "./facets.ts";
import { OptionFacet } from "./OptionFacet.tsx";
import { PriceFilter } from "./PriceFilter.tsx";
import type { Browse } from "./useBrowse.ts";

interface FacetFieldsProps {
  facets: Facets;
  browse: Browse;
}

/** One group of fields per facet. */
export function FacetFields({ facets, browse, currency }: FacetFieldsProps & { currency: string }) {
  const { filters, narrow } = browse;
  return (
    <>
      <OptionFacet
        legend={strings.browse.categories}
        options={facets.categories}
        chosen={filters.categories}
        nameOf={categoryName}
        onChange={(categories) => narrow({ categories })}
      />
      <AvailabilityFacet facets={facets} browse={browse} />
      {facets.price && (
        <PriceFilter range={facets.price} filters={filters} currency={currency} onChange={narrow} />
      )}
      <RatingFacet facets={facets} browse={browse} />
      <OptionFacet
        legend={strings.browse.brand}
        options={facets.brands}
        chosen={filters.brands}
        onChange={(brands) => narrow({ brands })}
      />
    </>
  );
}

function AvailabilityFacet({ facets, browse: { filters, narrow } }: FacetFieldsProps) {
  return (
    <fieldset>
      <legend>{strings.browse.availability}</legend>
      <FacetChoice
        label={strings.browse.inStock}
        count={facets.inStock}
        isChosen={filters.inStock}
        onChange={(inStock) => narrow({ inStock })}
      />
      <FacetChoice
        label={strings.browse.onSale}
        count={facets.onSale}
        isChosen={filters.onSale}
        onChange={(onSale) => narrow({ onSale })}
      />
    </fieldset>
  );
}

function RatingFacet({ facets, browse: { filters, narrow } }: FacetFieldsProps) {
  return (
    <fieldset>
      <legend>{strings.browse.rating}</legend>
      {facets.ratings.map(({ minStars, count }) => (
        <FacetChoice
          key={minStars}
          label={strings.browse.stars(decimal(minStars, minStars % 1 === 0 ? 0 : 1))}
          count={count}
          isChosen={filters.minStars === minStars}
          onChange={(isChosen) => narrow({ minStars: isChosen ? minStars : undefined })}
        />
      ))}
    </fieldset>
  );
}
