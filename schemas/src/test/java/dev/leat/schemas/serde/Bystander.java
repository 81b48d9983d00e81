package dev.leat.schemas.serde;

/** Stands for any class on the class path that a hostile schema could name. */
final class Bystander {

    static {
        UndecodableBytesTest.bystanderHasRun = true;
    }

    private Bystander() {}
}
