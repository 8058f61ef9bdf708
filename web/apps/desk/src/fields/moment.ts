// A day and an hour on the site's clock, by the names that the fields use.
export { momentOf, siteToday, siteWall } from '@fengsi/words'
