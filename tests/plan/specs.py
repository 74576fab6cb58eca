"""Specs that the tests of plans write into the workspace."""

QUERY = "avg(last_5m):avg:shop.queue{*} > 7"
LOGS = 'logs("service:shop").index("*").rollup("count").last("5m") > 7'
QUEUE = f"""\
product: shop
monitors:
  - key: queue
    name: Queue
    type: query alert
    query: {QUERY}
"""
"""monitors/queue.yaml; what is added at its end belongs to the monitor."""

LAYOUT = "layout: {x: 0, y: 0, width: 4, height: 4}"
