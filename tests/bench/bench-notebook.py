#!/usr/bin/python3
"""bench-notebook.py FILE: what people did in a notebook before there was PacketLens, without its pictures.

Reads a capture with scapy into a table of pandas with the notebook's columns, then works out what its charts showed: packets a
layer, connections, payload an address and a port, the time between packets to one address, and the bursts of the busiest stream.
Slow on purpose: it does as the notebook did.
"""
import datetime
import sys

import numpy as np
import pandas as pd
from scapy.all import ICMP, IP, TCP, UDP, Raw, rdpcap

IP_FIELDS = ['version', 'ihl', 'tos', 'len', 'id', 'flags', 'frag', 'ttl', 'proto', 'chksum', 'src', 'dst']
TCP_FIELDS = ['sport', 'dport', 'seq', 'ack', 'dataofs', 'reserved', 'flags', 'window', 'chksum', 'urgptr']
UDP_FIELDS = ['sport', 'dport', 'len', 'chksum']
GAP = datetime.timedelta(seconds=0.3)


def read_row(packet):
    ip = packet[IP]
    row = {'time': float(packet.time), 'payload': packet.lastlayer().name}
    row.update({f'IP_{name}': getattr(ip, name) for name in IP_FIELDS})
    for layer, prefix, names in ((TCP, 'TCP', TCP_FIELDS), (UDP, 'UDP', UDP_FIELDS)):
        if layer in packet:
            row.update({f'{prefix}_{name}': getattr(packet[layer], name) for name in names})
    row['Raw_load'] = len(packet[Raw].load) if Raw in packet else 1
    return row


def read_table(path):
    packets = rdpcap(path)
    layers = {'All': len(packets), **{layer.__name__: sum(1 for packet in packets if layer in packet)
                                      for layer in (IP, TCP, UDP, ICMP)}}
    table = pd.DataFrame([read_row(packet) for packet in packets if IP in packet])
    table['time'] = pd.to_datetime(table['time'], unit='s')
    return layers, table


def add_inter_arrival(table):
    frames = []
    for address in set(table['IP_src'].unique()) | set(table['IP_dst'].unique()):
        frame = table[table['IP_dst'] == address].sort_values('time', ascending=True)
        frame['IP_int_arr_time'] = frame['time'].diff()
        frames.append(frame)
    return pd.concat(frames).sort_index()


def number_bursts(stream, size):
    times, sizes = stream['time'].tolist(), stream['Raw_load'].tolist()
    numbers = np.zeros((len(stream),))
    burst, i = 1, 0
    while i < len(stream) - 1:
        j = i + 1
        while j < len(stream) - 1 and sizes[j] < size:
            j += 1
        if times[j] - times[i] < GAP:
            numbers[i:j + 1] = burst
        else:
            numbers[i] = burst
            numbers[i + 1:j] = range(burst + 1, burst + j - i)
            burst += j - i
        i = j
    return numbers


def main():
    layers, table = read_table(sys.argv[1])
    connections = table.groupby(['IP_src', 'IP_dst']).size()
    sums = {name: table.groupby(name)['Raw_load'].sum().sort_values(ascending=False)
            for name in ('IP_src', 'IP_dst', 'TCP_sport', 'TCP_dport', 'UDP_sport', 'UDP_dport')}
    table = add_inter_arrival(table)
    sent = table[table['IP_src'] == sums['IP_src'].index[0]]
    stream = sent[sent['IP_dst'] == sent['IP_dst'].value_counts().index[0]]
    bursts = pd.Series(number_bursts(stream, int(table['Raw_load'].mean() * 1.1))).value_counts()
    print(layers, len(connections), {name: len(series) for name, series in sums.items()}, int((bursts > 1).sum()))


if __name__ == '__main__':
    main()
