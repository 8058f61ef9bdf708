export default {
  field: {},
}
