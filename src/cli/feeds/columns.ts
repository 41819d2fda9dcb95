/** Fields that a column can be mapped to. `group`: variants of one product share it. */
export const TABLE_FIELDS = [
  "id",
  "title",
  "price",
  "salePrice",
  "saleDates",
  "currency",
  "listPrice",
  "category",
  "brand",
  "stock",
  "availability",
  "tags",
  "description",
  "image",
  "url",
  "group",
  "gtin",
  "mpn",
  "aliases",
  "addedAt",
  "rebuyable",
  "companions",
] as const;
export type TableField = (typeof TABLE_FIELDS)[number];
export type TableMap = Partial<Record<TableField, string>>;

/** Names that columns have in Google's, Meta's and other feeds, by `keyOf`, the best one first. */
const KNOWN: Record<TableField, string> = {
  id: "id sku itemid productid articlenumber",
  title: "title name productname",
  price: "price regularprice",
  salePrice: "saleprice",
  saleDates: "salepriceeffectivedate",
  currency: "currency currencycode",
  listPrice: "listprice compareatprice oldprice msrp",
  category: "producttype category categories categorypath fbproductcategory googleproductcategory",
  brand: "brand vendor manufacturer",
  stock:
    "stock quantity inventory inventorylevel stockquantity inventoryquantity quantitytosellonfacebook",
  availability: "availability stockstatus instock",
  tags: "tags keywords",
  description: "description shortdescription bodyhtml",
  image: "imagelink image imageurl imagesrc images picture",
  url: "link url producturl permalink",
  group: "itemgroupid group groupid parentid",
  gtin: "gtin ean upc isbn barcode gtin13",
  mpn: "mpn",
  aliases: "aliases sku",
  addedAt: "addedat publishedat createdat dateadded datecreated",
  rebuyable: "rebuyable",
  companions: "companions",
};

/** Columns of Google's and Meta's feeds that a catalog has no use for. */
const SKIPPED = new Set(
  (
    "condition adult agegroup gender color colour size material pattern shipping shippingweight tax " +
    "identifierexists additionalimagelink mobilelink adsredirect customlabel0 customlabel1 customlabel2 " +
    "customlabel3 customlabel4 googleproductcategory fbproductcategory promotionid isbundle multipack " +
    "energyefficiencyclass unitpricingmeasure unitpricingbasemeasure availabilitydate expirationdate " +
    "costofgoodssold shippinglabel excludeddestination includeddestination adsgrouping sizetype sizesystem " +
    "canonicallink producthighlight productdetail instalment installment visibility status weight"
  ).split(" "),
);

/** Other names of columns, only used for suggestions. */
const ELSEWHERE: Partial<Record<TableField, RegExp>> = {
  id: /^(artikel(nr|nummer|id)?|artnr|produkt(id|nr|nummer)|itemno|ref(erence|erenz|erencia)?|code|codigo|codice|kod|varenr)$/,
  title:
    /^(bezeichnung|artikelname|produktname|produktbezeichnung|titel|nom|nombre|nome|titulo|titolo|naam|nazwa|label)$/,
  price:
    /^(preis|verkaufspreis|vk(brutto)?|bruttopreis|prix(ttc)?|precio|preco|prezzo|prijs|cena|pris|unitprice|amount|cost)$/,
  category:
    /^(kategorie|warengruppe|rubrik|categorie|categoria|kategoria|department|productcategory)$/,
  brand: /^(marke|hersteller|marque|marca|merk|marka|maker)$/,
  stock:
    /^(bestand|lager(bestand)?|menge|qty|qte|quantite|voorraad|existencias|disponibilita|units)$/,
  image: /^(bild(url)?|foto|photo|imagen|immagine|afbeelding|pictureurl|img|thumbnail)$/,
  url: /^(produktlink|produkturl|deeplink|lien|enlace|webadresse|address|href)$/,
  description: /^(beschreibung|descripcion|descrizione|omschrijving|opis|text|longdescription)$/,
  currency: /^(waehrung|währung|devise|moneda|valuta|waluta)$/,
  listPrice: /^(uvp|statt(preis)?|rrp|was|prixbarre)$/,
  gtin: /^(ean13|gtin14|gtin12|barcodes?)$/,
};

/** A heading without case, spaces, marks and Google's "g:". */
export function keyOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/^\ufeff/, "")
    .replace(/^\s*[gc]:/, "")
    .replace(/[^\p{L}\p{N}]/gu, "");
}

export interface ColumnPlan {
  /** The headings that each field is read from; the first that is not empty counts. */
  columns: Map<TableField, string[]>;
  /** Headings that nothing is read from. */
  unknown: string[];
}

/** Which headings the fields are in: as mapped, otherwise by their usual names. */
export function planColumns(headings: readonly string[], map: TableMap): ColumnPlan {
  const byKey = new Map<string, string>();
  for (const heading of headings) {
    if (!byKey.has(keyOf(heading)) || /^\s*g:/.test(heading)) byKey.set(keyOf(heading), heading);
  }
  const columns = new Map<TableField, string[]>();
  for (const field of TABLE_FIELDS) {
    const usual = KNOWN[field].split(" ").flatMap((key) => byKey.get(key) ?? []);
    const named = map[field];
    columns.set(field, named === undefined ? usual : [named]);
  }
  const used = new Set([...columns.values()].flat());
  const unknown = headings.filter((one) => !used.has(one) && !SKIPPED.has(keyOf(one)));
  return { columns, unknown };
}

/** The `--map` that would read an unknown column, if its name is one that other shops use. */
export function proposalFor(heading: string, { columns }: ColumnPlan): string | undefined {
  const field = TABLE_FIELDS.find((one) => ELSEWHERE[one]?.test(keyOf(heading)));
  if (field === undefined || columns.get(field)!.length > 0) return undefined;
  return `--map ${/\s/.test(heading) ? `"${field}=${heading}"` : `${field}=${heading}`}`;
}
