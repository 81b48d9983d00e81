package dev.leat.plugins.learn;

/** In the order of their names in the data, the first one being what the others are compared to. */
enum Species implements Level {
    ADELIE("Adelie"), CHINSTRAP("Chinstrap"), GENTOO("Gentoo");

    private final String label;

    Species(String label) {
        this.label = label;
    }

    @Override
    public String label() {
        return label;
    }
}
