"""Exchange: one door to what other departments know of a person.

Owns: the registers that can be asked, the record of every asking.
Says: "ask", "publish".
Asks: nobody above the kernel; a register is asked through its adapter.
"""
