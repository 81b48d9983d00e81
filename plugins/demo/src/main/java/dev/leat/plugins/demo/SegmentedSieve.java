package dev.leat.plugins.demo;

import java.util.BitSet;
import java.util.stream.IntStream;

/**
 * The sieve of Eratosthenes, piece by piece: memory is for one piece and for the primes up to the root of the limit.
 * Immutable.
 */
final class SegmentedSieve {

    private final int[] basePrimes;

    /** @param limit the greatest number that will be asked for, at least 2 */
    SegmentedSieve(int limit) {
        int root = (int) Math.sqrt(limit);
        BitSet composite = new BitSet(root + 1);
        for (int number = 2; number * number <= root; number++) {
            if (!composite.get(number)) {
                strike(composite, number * number, root, number);
            }
        }
        this.basePrimes = IntStream.rangeClosed(2, root).filter(number -> !composite.get(number)).toArray();
    }

    /** The primes from {@code first} to {@code last}, both inclusive, in ascending order. */
    IntStream primes(int first, int last) {
        BitSet composite = new BitSet(last - first + 1);
        for (int prime : basePrimes) {
            int firstMultiple = Math.max(prime * prime, Math.ceilDiv(first, prime) * prime);
            strike(composite, firstMultiple - first, last - first, prime);
        }
        return IntStream.rangeClosed(Math.max(2, first), last).filter(number -> !composite.get(number - first));
    }

    private static void strike(BitSet composite, int from, int to, int step) {
        for (int index = from; index <= to; index += step) {
            composite.set(index);
        }
    }
}
