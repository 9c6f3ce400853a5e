# As pinned, with a library that takes the sockets from the kernel. One thread, for it is the one that drives the card.
include | pinned
without | file /proc/self/timerslack_ns
matters | processors | >= 4 | The ordering thread, which runs the media driver and with it the library's stack, wants one; the others are for the threads that sign, sync and write snapshots, the card's interrupts, and the kernel. | take a larger host, or tagma doctor --profile small
matters | boot isolcpus | >= 1 | On a processor that is isolated the scheduler puts nobody by itself, so nobody holds up the thread that was put there. | add isolcpus=domain,managed_irq,2 to the kernel's command line (GRUB_CMDLINE_LINUX, update-grub) and reboot
matters | boot nohz_full | >= 1 | Without it the kernel's tick interrupts a thread that is alone on its processor 100 to 1,000 times a second. | add nohz_full=2 to the kernel's command line (GRUB_CMDLINE_LINUX, update-grub) and reboot
matters | preload | one of onload vma xlio | Without one of these mapped each datagram goes through the kernel, with a system call to send it, one to receive it, and an interrupt. A wrong path in LD_PRELOAD is only a warning, so look at what is mapped. | LD_PRELOAD=libonload.so ./tagma doctor --profile bypass, and replica alike (or libvma.so, libxlio.so)
matters | limit Max locked memory | unlimited | These libraries, and AF_XDP before kernel 5.11, lock the memory that the card writes to. | ulimit -l unlimited, or LimitMEMLOCK=infinity in the systemd unit
helps | sysctl vm.nr_hugepages | >= 512 | These libraries put packets into huge pages where there are any: fewer misses in the card's and the processor's tables. | sysctl -w vm.nr_hugepages=512
set | threading | single | The thread that orders also receives and sends, through the library, without a hand-over and without the kernel.
set | idle | spin | A library without kernel has nobody to wake a thread that sleeps but by asking the kernel again.
