package dev.leat.projector.query;

import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;

/** Walks several sorted lists as one, reading no further than asked. For one thread. */
final class Merge<T> implements Iterator<T> {

    private final PriorityQueue<Head<T>> heads;

    private record Head<T>(T value, Iterator<T> rest) {}

    private Merge(Comparator<T> order) {
        heads = new PriorityQueue<>((one, other) -> order.compare(one.value(), other.value()));
    }

    static <T> Iterator<T> sorted(List<Iterator<T>> lists, Comparator<T> order) {
        Merge<T> merge = new Merge<>(order);
        lists.forEach(merge::enqueue);
        return merge;
    }

    private void enqueue(Iterator<T> list) {
        if (list.hasNext()) {
            heads.add(new Head<>(list.next(), list));
        }
    }

    @Override
    public boolean hasNext() {
        return !heads.isEmpty();
    }

    @Override
    public T next() {
        Head<T> first = heads.poll();
        if (first == null) {
            throw new NoSuchElementException();
        }
        enqueue(first.rest());
        return first.value();
    }
}
