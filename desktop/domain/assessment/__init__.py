"""综合考评: indicators over case counts, working time, scores and rankings. Pure."""
