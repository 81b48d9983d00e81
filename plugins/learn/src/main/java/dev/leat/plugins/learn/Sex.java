package dev.leat.plugins.learn;

/** In the order of their names in the data, the first one being what the other is compared to. */
enum Sex implements Level {
    FEMALE("female"), MALE("male");

    private final String label;

    Sex(String label) {
        this.label = label;
    }

    @Override
    public String label() {
        return label;
    }
}
