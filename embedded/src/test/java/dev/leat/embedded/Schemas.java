package dev.leat.embedded;

/** Versions of one record, by what they may follow. */
final class Schemas {

    static final String FIRST = """
            {"type":"record","name":"Order","namespace":"shop","fields":[{"name":"id","type":"string"}]}""";
    /** The first one in other words. */
    static final String FIRST_SPACED = """
            { "namespace": "shop", "type": "record", "name": "Order",
              "fields": [ { "type": "string", "name": "id" } ] }""";
    /** Reads the first one's data and is read by it. */
    static final String WITH_DEFAULT = """
            {"type":"record","name":"Order","namespace":"shop","fields":[
             {"name":"id","type":"string"},{"name":"note","type":"string","default":""}]}""";
    /** Cannot read the first one's data; the first one can read its. */
    static final String WITHOUT_DEFAULT = """
            {"type":"record","name":"Order","namespace":"shop","fields":[
             {"name":"id","type":"string"},{"name":"price","type":"long"}]}""";
    /** Neither way. */
    static final String OTHER_TYPE = """
            {"type":"record","name":"Order","namespace":"shop","fields":[{"name":"id","type":"long"}]}""";

    private Schemas() {}

    /** A schema of its own for each number. */
    static String numbered(int number) {
        return """
                {"type":"record","name":"Numbered%d","fields":[{"name":"id","type":"string"}]}""".formatted(number);
    }
}
