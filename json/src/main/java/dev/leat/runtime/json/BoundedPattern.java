package dev.leat.runtime.json;

import static com.networknt.schema.regex.RegularExpressions.replaceDollarAnchors;
import static com.networknt.schema.regex.RegularExpressions.replaceLongformCharacterProperties;

import com.networknt.schema.regex.RegularExpression;
import java.util.regex.Pattern;

/**
 * A regular expression of a schema that cannot run away: each validation may look at {@value #MAX_STEPS} characters in
 * all its matches together. A text on which a pattern needs more does not match.
 *
 * <p>The budget belongs to the thread that validates, within {@link #within(Runnable)}.
 */
final class BoundedPattern implements RegularExpression {

    static final long MAX_STEPS = 2_000_000;

    private static final ScopedValue<Budget> BUDGET = ScopedValue.newInstance();

    private final Pattern pattern;

    BoundedPattern(String regex) {
        // In Java, unlike in JSON Schema, a dollar sign would also match before a line break at the end.
        this.pattern = Pattern.compile(replaceLongformCharacterProperties(replaceDollarAnchors(regex)));
    }

    /** Runs a validation with a fresh budget. */
    static void within(Runnable validation) {
        ScopedValue.where(BUDGET, new Budget()).run(validation);
    }

    @Override
    public boolean matches(String value) {
        try {
            return pattern.matcher(new Budgeted(value, BUDGET.get())).find();
        } catch (Spent | StackOverflowError e) {
            // The JDK's matcher recurses: on a long text it may run out of stack before it runs out of budget.
            return false;
        }
    }

    private static final class Budget {
        private long left = MAX_STEPS;
    }

    private static final class Spent extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Spent() {
            super("Spent", null, false, false);
        }
    }

    private record Budgeted(CharSequence text, Budget budget) implements CharSequence {

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public char charAt(int index) {
            if (--budget.left < 0) {
                throw new Spent();
            }
            return text.charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return new Budgeted(text.subSequence(start, end), budget);
        }

        @Override
        public String toString() {
            return text.toString();
        }
    }
}
