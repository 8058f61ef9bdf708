export default {
  resident: {},
}
