package dev.leat.plugins.learn;

/** In the order of their names in the data, the first one being what the others are compared to. */
enum Island implements Level {
    BISCOE("Biscoe"), DREAM("Dream"), TORGERSEN("Torgersen");

    private final String label;

    Island(String label) {
        this.label = label;
    }

    @Override
    public String label() {
        return label;
    }
}
