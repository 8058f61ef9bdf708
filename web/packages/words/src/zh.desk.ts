/** 工作台的话。 */
export default {
  desk: {},
}
