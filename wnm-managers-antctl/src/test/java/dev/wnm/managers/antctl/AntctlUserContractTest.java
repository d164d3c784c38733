package dev.wnm.managers.antctl;

class AntctlUserContractTest extends AntctlContract {
  @Override
  protected String type() {
    return "antctl+user";
  }
}
