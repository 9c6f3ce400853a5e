# All replicas and a client on one machine that somebody works on: correct, and kind to the rest.
processors | 4 | 7
include | every
set | threading | single | One thread for each replica: with four replicas there are as many as there are processors.
set | idle | wait | Sleeps until a datagram comes: no fan, and the battery lasts.
set | time.slice.ns | 0 | The kernel's own: there are processors for all, and it asks nothing of the host.
