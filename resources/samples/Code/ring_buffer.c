/* A fixed-size FIFO of bytes: one producer, one consumer, no locks. */

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define CAPACITY 1024u /* a power of two, so that wrapping around is a mask */

struct ring {
    uint8_t bytes[CAPACITY];
    _Atomic size_t head; /* moved by the producer only */
    _Atomic size_t tail; /* moved by the consumer only */
};

bool ring_push(struct ring *ring, uint8_t value)
{
    size_t head = atomic_load_explicit(&ring->head, memory_order_relaxed);
    size_t tail = atomic_load_explicit(&ring->tail, memory_order_acquire);

    if (head - tail == CAPACITY)
        return false; /* full */
    ring->bytes[head & (CAPACITY - 1)] = value;
    atomic_store_explicit(&ring->head, head + 1, memory_order_release);
    return true;
}

bool ring_pop(struct ring *ring, uint8_t *value)
{
    size_t tail = atomic_load_explicit(&ring->tail, memory_order_relaxed);
    size_t head = atomic_load_explicit(&ring->head, memory_order_acquire);

    if (head == tail)
        return false; /* empty */
    *value = ring->bytes[tail & (CAPACITY - 1)];
    atomic_store_explicit(&ring->tail, tail + 1, memory_order_release);
    return true;
}
